"""The tables of the dataset as text, one column a line: name, type, what it points to or may hold, description.

The first line of a table describes it, the second names its key. Boxes are pixels of the page as scanned, origin
top left, half-open; null where the text came without pixels. Days are ISO 8601; an uncertain one is EDTF.
"""

from __future__ import annotations

__all__ = ["COLUMNS"]

COLUMNS: dict[str, str] = {
    "bodies": """
Agencies, units, office holders and groups of them, under their full names
key: body_id
body_id string: Slug of the name, without marks
name string: Canonical full name
kind string: What it is (ủy ban nhân dân, sở, phòng ...)
level string: central, province, district or commune
place string: Place it belongs to
parent_id string -> bodies: Body it is part of
successor_id string -> bodies: Body that took its work over
valid_from string: First day of its life
valid_to string: Last day of its life
is_group boolean: Stands for several bodies
""",
    "documents": """
One row a digitised document: its header and foot, and how it was made
key: document_id
document_id string: First 12 hex digits of the sha256
source string: File it came from
sha256 string: Of the file's bytes
media_type string: Of the file, by its content
pages integer: Pages of the source, failed ones included
read_from string scan|text_layer|ocr_text: Where most pages' words came from
type_code string: Code of the type of document (KH, QĐ, CT ...)
type_name string: Type of document in full
number string: Number in its register
notation string: What follows the number (KH-UBND)
code string: Number and notation
issuer string: Issuing body, full name
issuer_id string -> bodies: The issuing body's row
parent_issuer string: Body printed above the issuer
place string: Place of issue
issued string: Day of issue, EDTF where uncertain
issued_starts string: First day it can be
issued_ends string: Last day it can be
subject string: What it is about, without the type name
signing_authority string: TM., KT., TL., TUQ. line above the position
signer_position string: Position of who signed
signer_name string: Name of who signed
secrecy string: Secrecy mark
urgency string: Urgency mark
score number: Mean probability that its words were read right
needs_review boolean: Something in it is missing or doubtful
config string: Settings it was made with, JSON
version string: Program and models it was made with
""",
    "pages": """
Every page of every source, the failed ones too
key: document_id page
document_id string -> documents: Its document
page integer: From 1
width integer: Pixels of the page as scanned, null for OCR text
height integer: Pixels of the page as scanned
dpi integer: Resolution the pixels were taken at
rotation integer: Clockwise quarter turns that make it upright, in degrees
skew number: Counter-clockwise turn that makes it straight, in degrees
engine string: What read it
read_from string scan|text_layer|ocr_text: Where its words came from
words integer: Words read, stamps and page numbers included
score number: Mean probability that its words were read right
error string: Why nothing could be read from it; null where it was read
""",
    "lines": """
Every printed line, in reading order
key: document_id page line
document_id string -> documents: Its document
page integer: From 1
line integer: Place in the reading order of the page, from 1
zone string: Part of the page it stands in (header_left, body, table, foot_right ...)
text string: As it reads now
raw string: As it was first read
x0 integer: Left
y0 integer: Top
x1 integer: Right
y1 integer: Bottom
score number: Mean probability that its words were read right
""",
    "sections": """
Every marked or unmarked block of the body, headings and leaves alike
key: section_id
section_id string: document_id:path, ~2 on repeats
document_id string -> documents: Its document
parent_id string -> sections: Block it stands under, null at the root
path string: Markers from the root, joined by /
ordinal integer: Place in reading order, from 1
kind string part|chapter|section|article|clause|subclause|point|bullet|subbullet|paragraph|annex|row: Kind of block
marker string: Marker, repaired
marker_raw string: Marker as first read
heading string: Its text where it heads others, else null
text string: Its own text, marker and children left out
page integer: Page where it begins
score number: Probability that it is right
""",
    "tasks": """
Leaves that tell somebody to do something
key: task_id
task_id string: The section_id of its leaf
document_id string -> documents: Its document
section_id string -> sections: Its leaf
kind string directive|requirement|purpose|target: What kind of telling it is
text string: The leaf's whole text
product string: What must be delivered
page integer: Page where it begins
score number: Probability that it is right
""",
    "assignments": """
Who acts in a task, and how
key: assignment_id
assignment_id string: document_id:assignment:n
document_id string -> documents: Its document
task_id string -> tasks: The task
body_id string -> bodies: Who
role string lead|coordinate|advise|report_to|monitor: How
inherited boolean: Named only in a heading above, or in the table's header
as_printed string: Who, in the words of the print
score number: Probability that it is right
""",
    "dates": """
Every time the text states, one row an occurrence in print
key: date_id
date_id string: document_id:date:n
document_id string -> documents: Its document
section_id string -> sections: Block it stands in, null in header and foot
text string: As printed
kind string date|by|range|month|quarter|year|period|recurring|relative|ongoing: Kind of time
role string issued|reference|deadline|period|event|other: What the time is for
edtf string: The time in EDTF
starts string: First day, inclusive, null where open
ends string: Last day, inclusive, null where open
rrule string: RFC 5545 rule of a recurring time
score number: Probability that it is right
""",
    "deadlines": """
Which times are due times of which tasks
key: deadline_id
deadline_id string: document_id:deadline:n
document_id string -> documents: Its document
task_id string -> tasks: The task
date_id string -> dates: The time
inherited boolean: Stated in a heading or lead-in above
""",
    "citations": """
Every mention of another document
key: citation_id
citation_id string: document_id:citation:n
document_id string -> documents: The citing document
section_id string -> sections: Block it stands in
text string: Type, number, date and issuer as printed
type string: Type of the cited document
code string: Its number and notation
issued string: Its day of issue, or a bare year
issuer string: Its issuer
relation string basis|amends|repeals|mentions: Why it is cited
pinpoint string: Article or clause cited
cited_document_id string -> documents: The cited document, where it is in this dataset
score number: Probability that it is right
""",
    "recipients": """
Who gets the document
key: recipient_id
recipient_id string: document_id:recipient:n
document_id string -> documents: Its document
ordinal integer: Place in print, from 1
role string to|copy: Kính gửi or Nơi nhận
text string: As printed, without dash and end mark
purpose string: Printed in brackets (để b/cáo)
body_id string -> bodies: Who
score number: Probability that it is right
""",
    "stamps": """
Stamps put on the paper after printing
key: stamp_id
stamp_id string: document_id:stamp:n
document_id string -> documents: Its document
page integer: From 1
kind string incoming|copy|urgency|secrecy: Kind of stamp
receiver string: Body that received the paper
number string: Incoming number
date string: Incoming day
x0 integer: Left
y0 integer: Top
x1 integer: Right
y1 integer: Bottom
score number: Probability that it is right
""",
    "table_cells": """
The cells of the printed tables
key: document_id table row column
document_id string -> documents: Its document
table integer: From 1 in the document
row integer: From 0, header rows included
column integer: From 0
row_span integer: Rows it covers
column_span integer: Columns it covers
is_header boolean: Stands in the header rows
text string: As it reads now
page integer: Page where it stands
x0 integer: Left
y0 integer: Top
x1 integer: Right
y1 integer: Bottom
score number: Mean probability that its words were read right
""",
    "evidence": """
Where each value stands on paper, one row a printed line
key: evidence_id
evidence_id string: document_id:evidence:n
document_id string -> documents: Its document
table_name string: Table of the value
row_id string: Key of its row
column_name string: Its column, null for the row as a whole
page integer: From 1
line integer: Line of the page, as in lines; null for a stamp
x0 integer: Left
y0 integer: Top
x1 integer: Right
y1 integer: Bottom
score number: Lowest probability of its words, of a header field its own where that is lower
raw string: As first read
text string: As it reads now
stages string: Stages that changed its words, blank between
""",
    "corrections": """
What people put right; only ever added to
key: correction_id
correction_id string: document_id:correction:n
document_id string -> documents: Its document
made_at datetime: When
who string: By whom
table_name string: Table of the value
row_id string: Key of its row
column_name string: Its column
old string: Value before
new string: Value after
note string: Why
""",
    "runs": """
Every run of the program over this dataset
key: run_id
run_id string: Time it started and a number
started datetime: UTC
config string: Settings, JSON
versions string: Program, models, Tesseract, Python, JSON
pages_in integer: Pages of the sources opened
pages_out integer: Pages accounted for in the dataset
seconds number: It took
errors integer: Sources and pages that failed
""",
}
