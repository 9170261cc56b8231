//! How a text writes its apostrophes and quotation marks: straight or curly. May use `text`.

use super::Document;

impl Document {
    /// The same text with its apostrophes and quotation marks as the rest of the document writes them; `None` where
    /// it has none, or they are so already.
    pub fn in_own_marks(&self, text: &str) -> Option<String> {
        if !text.contains(['\'', '’', '‘', '"', '“', '”']) {
            return None;
        }
        let is_curly = self.writes_curly_apostrophes();
        let own: String = text
            .chars()
            .map(|c| match c {
                '’' | '‘' if !is_curly => '\'',
                '“' | '”' if !is_curly => '"',
                '\'' if is_curly => '’',
                c => c,
            })
            .collect();
        (own != text).then_some(own)
    }

    /// Whether most apostrophes and quotation marks of the document are curly; so where there are none.
    pub fn writes_curly_apostrophes(&self) -> bool {
        let (mut straight, mut curly) = (0, 0);
        for c in self.text().chars() {
            match c {
                '\'' | '"' => straight += 1,
                '’' | '‘' | '“' | '”' => curly += 1,
                _ => {}
            }
        }
        curly >= straight
    }
}
