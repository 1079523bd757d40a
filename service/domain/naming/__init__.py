"""What people write, read as skills: names one by one, and skills named in running text.

From the bottom up, each on what stands above it in this list:

* `wording` the words around names, in four languages; `spelling` when two spellings count as one;
  `results` resolved, ambiguous or unknown
* `labels` every spelling that the catalogue lists; `levels` levels as people state them;
  `tokens` the words of a text and where they stand
* `phrase` one name with words around it; `fuzzy` misspellings; `trie` spellings in a text
* `reading` a string of one name or several; `completion` autocomplete; `mentions` which
  spellings in a text are meant as names
* `resolver` names, in the order of trust; `context` what a text says about its names
* `evidence` what a document says about skills; `extraction` of a text; `resume` of a JSON Resume
"""
