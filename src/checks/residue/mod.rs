//! Checks of what scrapers, page templates and agencies leave around an article.

pub mod dateline_twice;
pub mod page_furniture;
