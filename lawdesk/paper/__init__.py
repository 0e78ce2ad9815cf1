"""What leaves LawDesk on paper: tables (PDF, XLSX, CSV), texts (Word, PDF) and the bound case file (PDF).

Knows no feature, no Qt and no SQL: callers bring finished words, numbers and files. Measures on paper are
points (1/72 inch) unless a name says millimetres. All text is drawn with embedded open fonts; see
:mod:`lawdesk.paper.fonts`. Heavy libraries are imported where they are used.
"""
