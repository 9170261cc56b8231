//! The texts that are measured: sentences of our own, put together by a fixed sequence of numbers, a
//! share of them damaged.

const SOUND: [&str; 8] = [
    "The council of Varnes voted on Tuesday to keep the old bridge open until the new one is finished.",
    "“We have walked over it for ninety years,” said Elin Moe, who lives on the northern bank.",
    "Engineers measured the piers in March and found no damage that could not be repaired.",
    "The work will cost 3.4 million crowns, of which the state pays half.",
    "Moe’s neighbours are less sure; some of them have begun to take the ferry.",
    "A spokesman for the ministry, Dr. P. Lund, said the figures would be published on Friday.",
    "In 2011 the river rose by two metres in one night, and the bridge stood.",
    "Nobody was hurt when a lorry hit the railing last winter.",
];

const DAMAGED: [&str; 6] = [
    "“The river takes what it wants,” said Moe. “It took the mill.” We have not forgotten it.”",
    "The ferry will run until midnight , the company said. .",
    "The piers were repaired in 1974. Pointed out.",
    "The the railing is to be painted green。",
    "Lund called the report “complete.” ”",
    "The bridge is 112 metres long&nbsp;and carries 4,000 cars a day.",
];

/// An article of about `bytes` bytes, `damage` of a hundred sentences damaged.
pub fn article(bytes: usize, damage: u32) -> String {
    let mut text = String::from("VARNES — ");
    let mut state = 0x2545_F491u32;
    let mut sentences = 0;
    while text.len() < bytes {
        // Marsaglia's xorshift: any fixed sequence would do.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let pool: &[&str] = if state % 100 < damage { &DAMAGED } else { &SOUND };
        text.push_str(pool[state as usize / 100 % pool.len()]);
        sentences += 1;
        text.push_str(if sentences % 4 == 0 { "\n" } else { " " });
    }
    text
}
