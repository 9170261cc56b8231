//! Checks of what scrapers, page templates and agencies leave around an article.

pub mod dateline_twice;
pub mod model_chatter;
pub mod numbered_stump;
pub mod page_furniture;
pub mod page_text;
pub mod share_row;
pub mod site_suffix;
