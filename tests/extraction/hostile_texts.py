"""Text that nobody would print, text that breaks parsers, and page furniture that looks like claims."""

PROSE = "The port of Ostrel lost 310 ships in May 2023, the harbour office said."
CONTROLS = "\x00\x1c\x85\u00a0\u200b\u200d\u200e\u200f\u2028\u202e\u2066\ufeff\ufffe\ud800\udfff\U000e0001"
MARKS = "“”\"'‘’«»„()[]{}.,;:!?…-–—%$€£/\\#@&*+=<>|~^_`°½²№"
FOREIGN = "٢٠٢٣ २०२३ 二〇二三 ⅣⅧ ①② ѴЖ ßﬁİı שלום السلام 他们有两千名士兵 한국 ไทย 😀👩‍👩‍👧🇩🇪 e\u0301"
FRAGMENTS = (
    "the 2,500 troops $4 billion half of one in five at least nearly 40 and 60 between said officials who when that "
    "December 2021 since last summer Monday 10th 1990s 31/12/2023 % per cent a day per will must caused by because "
    "closed rose was is has been not Henrik Aas Mr. U.S. He She “ ” ' ) ( . ? ! , : ; – 1e309 9999999999999999999999 "
    "0 -1 1.000,5 ½ Feb. 30 99/99/9999 dozens trillion Rund Soldaten environ millones em 2019 دولار في ٢٠٢٣ مليون"
)
WORDS = FRAGMENTS.split(" ")
# Each long enough for what breaks late: more than a window of 64 sentences, or three of the longest, 2,000 characters.
HARD = {
    "nul": "\x00" * 3_000,
    "one word": "a" * 50_000,
    "one number": "9" * 20_000,
    "number with commas": "1" + ",000" * 2_000 + " people died.",
    "points": "." * 5_000,
    "opening quotes": "“He said " * 600,
    "closing quotes": "” said Mr Aas. " * 80,
    "brackets": "(" * 3_000 + "40 ships" + "]" * 3_000,
    "magnitudes": "2 " + "million " * 700 + "people.",
    "words for numbers": "one hundred and " * 350 + "two ships sank.",
    "marks": MARKS * 80,
    "right to left": "\u202e40 ships sank in May 2023.\u202c " * 50,
    "zero width": "4\u200b0 sh\u200dips s\u200cank in\ufeff 2023. " * 50,
    "surrogates": "40 \ud800 ships\udfff sank in May 2023. " * 50,
    "combining": "e" + "\u0301" * 5_000 + " 40 ships sank.",
    "emoji": "👩‍👩‍👧‍👦" * 800,
    "lines": "\n" * 20_000 + "40 ships sank." + "\r\n\r" * 5_000,
    "other digits": "٤٠ سفينة غرقت. ४० जहाज. ４０ ships sank in ２０２３. 𝟒𝟎 ships.",
    "no blanks": "40shipssankinMay2023," * 280,
    "one sentence": "the ship that sank in May 2023 and " * 170,
    "names": "Henrik Aas " * 500 + "said so.",
    "hyphens": "-".join(["ship"] * 1_200),
    "apostrophes": "'s" * 2_500,
    "decimals": "3." * 3_000,
    "initials": "U." * 3_000 + " said 40 ships sank.",
    "slashes": "1/" * 3_000,
    "dates": "May 1, 2023, " * 350,
    "money": "$" * 5_000 + "4 billion",
}
DAYS = (
    "yesterday|tomorrow|last year|next year|in 5 years|3000 years ago|two weeks ago|last century|on Monday|next Friday"
    "|since|until|between May and June|in the 1990s|in 9999|in 0001|on 31 December|on February 29th|in 2023-24"
    "|99999999999 days ago|next decade|a month earlier|in the next 400 months|gestern|vor 3 Jahren|il y a 9999 ans"
    "|last summer|hace 2 semanas|amanhã|الشهر الماضي|heute|am 31. Februar|le 30 février 2023|12/2023|2023-02-30|1/1/1"
)
WHEN = DAYS.split("|")
# What `claims.intake` takes out of a page, in lines that hold what looks like a claim.
FURNITURE = (
    "Read more: 40 ships sank in May 2023",
    "Photo: Reuters, 12 March 2023",
    "Photo: Henrik Aas / 40 ships / May 2023",
    "Subscribe to our newsletter, read by 40,000 people a day",
    "Sign up for updates from 2,500 correspondents",
    "We use cookies of 340 partners.",
    "© 2023 Velmar Post. All rights reserved. 40,000 readers a day",
    "1,204 comments",
    "Tags: 2,500 troops, December 2021, half of the city",
    "Home > World > 40 ships",
    "Advertisement",
    "Follow us on Facebook, where 40,000 people do",
    "Editing by Henrik Aas and 40 others in May 2023",
    "5 min read",
)
