"""The Qt toolkit: it knows no feature. Everything a page needs is imported from here: ``from lawdesk.ui import Page``.

Rules for pages: name tokens (``"text2"``) and units, never hex or pixels; read and write only through ``TaskRunner``;
every visible word through i18n. Where an argument is called *words* give a string or, better, a function
(``lambda: _("Cases")``): it is asked again when the language changes. Theme and text size need nothing from a page.

A page (list left, detail right)::

    class CasesPage(Page):
        key, icon = "cases", "folder-open"

        def __init__(self, cases: CaseService, actor: Actor, tasks: TaskRunner) -> None:
            super().__init__()
            self._cases, self._actor, self._tasks = cases, actor, tasks
            self._model = ListModel(tasks, to_row=self._row, parent=self)
            self._list = RowList(self._model, name=lambda: _("Cases"), layout="side")
            self._list.chosen.connect(self._show)                      # the item under the cursor changed
            self._title = Label(step="h1", words=lambda: _("Cases"))
            self._filter = FilterChips([("mine", lambda: _("Mine")), ("all", lambda: _("All"))], self._reload)
            self._detail = DetailHeader()
            self._facts = Facts()
            self._panes = ListDetail(
                panel(self._title, self._filter, self._list),
                panel(self._detail, SectionHeading(lambda: _("Facts")), self._facts, scroll=True),
                back=lambda: _("Cases"),
            )
            vbox(self._panes, parent=self)
            self._reload()

        def title(self) -> str:
            return _("Cases")

        def _reload(self) -> None:                                     # filter, sort and page in SQL
            mine = self._filter.chosen() == "mine"
            self._model.load(lambda offset, limit: self._cases.page(self._actor, mine, offset, limit))  # rows, total

        def _row(self, case: CaseRow) -> Row:
            return Row(key=case.id, title=case.name, segments=(case.cause, case.stage), date=short_date(case.next))

        def _show(self, case: CaseRow | None) -> None:
            if case is not None:
                self._tasks.run(lambda: self._cases.detail(self._actor, case.id), self._fill, owner=self, slot="detail")

        def refresh(self, change: Changed | None) -> None:
            if change is None or change.subject in ("case", "proceeding"):
                self._model.reload()

        def commands(self) -> list[Command]:
            return [Command("case.new", lambda: _("New case"), self._new, icon="plus", shortcut="Ctrl+Shift+C")]

        def resized(self, width: WidthClass) -> None:
            self._panes.set_narrow(width == "narrow")

theme         ``theme.color(token)`` QColor · ``theme.font(step)`` · ``theme.u(n)`` ``theme.em(n)`` pixels ·
              ``theme.current()``: ``.width(step, text)`` ``.control_height`` ``.row_height`` ``.list_row_height``
              ``.heading_height`` ``.radius("control")`` ``.dark`` · ``theme.signals.changed`` ·
              ``theme.apply(app, dark=, scale=, density=, motion=)``.
              Tokens: tokens.py. Steps: tiny small small_strong body strong h3 lead h2 h1 figure.
              Tones: text text2 text3 accent red amber green neutral.
layouts       ``vbox(*items, space=2, margins=0, parent=None)`` ``hbox(...)``: items are widgets, layouts, numbers (a
              gap in units) and ``STRETCH``; ``grid(across=3, down=2)`` · ``sized(widget, width=em, min_width=em …)`` ·
              ``panel(*items, scroll=False, margins=(6, 4, 5, 4), ground="surface")`` · ``ScrollArea(content)`` ·
              ``ListDetail(list, detail, back=words, list_width=23)``: ``set_narrow(bool)`` ``show_detail()``
              ``show_list()``; at narrow widths they take turns
icons         ``icons.pixmap(name, token, size=px)`` ``icons.icon(name, token)`` ``icons.paint(painter, name, token,
              rect)``; the files are resources/icons/*.svg (Lucide); copy the one you need there
text          ``Label(words, step="body", tone="text", wrap=False, elide=False)``: ``set_words`` ``set_tone`` ·
              ``SegmentLine(["a", Segment("b", tone="red", bold=True, icon="x")])`` · ``Hairline(vertical=False)`` ·
              ``IconLabel(icon, tone=)`` · ``SectionHeading(words, *right, count=None, note="")`` ·
              ``paint_segments(painter, rect, parts, step=, tone=, right=)``
buttons       ``Button(words, run, kind="secondary", icon="", name="", shortcut="", mnemonic="", small=False)``; kinds
              filled, secondary, ghost, link, danger; without words a square icon button · ``more_button(name,
              commands)`` · ``menu_of(commands, parent)`` · ``Command(key, title, run, icon=, shortcut=, hint=,
              enabled=)``
chips         ``Chip(words, tone="neutral", icon="")`` · ``FilterChips([(key, words)], changed, many=False)``:
              ``chosen()`` ``choose(key)`` ``set_count(key, n)`` · ``Tabs([(key, words)], changed)``: ``chosen()``
              ``choose(key)`` ``set_count(key, n)`` · ``Switch2([(key, words, icon)], changed)`` two-way view switch
fields        ``LineEdit(placeholder=, icon="", name=, secret=False)``: ``.composing`` ``typed(str)`` (settled, never
              while composing) ``submitted()`` (Enter, not while composing) · ``DateEdit(today=callable)``:
              ``day()`` ``set_day()`` ``day_changed`` · ``MoneyEdit``: ``fen()`` ``set_fen()`` · ``ComboBox([(key,
              words)])``: ``chosen()`` ``choose(key)`` ``chosen_changed``, ``ComboBox(..., search=True)`` filters
              while typing · ``TextArea(lines=3)`` · ``TokenEdit``: ``tokens()`` ``add_token(Token(text, note, key))``
              ``remove_token`` ``changed`` · ``CheckBox(words)`` · ``Autosave(save, delay=800)``: ``touch()``
              ``flush()``; ``is_composing()``
forms         ``Form()``: ``section(words)`` ``add(key, words, editor, span=9, required=False)`` (spans of 21
              columns) ``show_problems(problems)`` ``clear_problems()`` ``field(key)`` ``set_narrow(bool)`` ·
              ``Field``: ``set_problem(words)`` ``set_valid(bool)`` ``set_hint(words)`` · ``Facts()``: ``set_facts([(label,
              value or widget)])`` label left, read only
lists         ``Row(key, title, icon=, segments=, status=Status(text, tone, icon, chip), date=, date_sub=, person=,
              heading=Heading(text, count, note, tone, icon), marks=, tags=, bold=, actions=(RowAction(key, words,
              icon, shortcut),))`` · ``ListModel(tasks, to_row=)``: ``load(fetch)`` (fetch(offset, limit) -> (items,
              total), runs on the worker) ``set_items(items)`` ``reload()`` ``item(n)`` ``total`` ``loaded`` signal
              ``failed`` signal · ``RowList(model, name=, layout="wide"|"side", empty=EmptyState)``:
              ``chosen(item)`` ``opened(item)`` ``acted(item, action key)`` ``files_dropped(item, paths)``
              ``choose_key(key)``
tables        ``Column(key, words, value=fn(item), align="left"|"right", width=em or 0 (stretch), bold=, tone=fn, icon=fn,
              link=False, edit=None|fn(item, text))`` · ``TableModel(columns, tasks=None)``: like ListModel ·
              ``Table(model, name=, fit=False)``: ``chosen`` ``opened`` ``linked(item, column key)``
              ``sort_asked(key, descending)``; F2 edits
detail        ``DetailHeader()``: ``set_head(number=, chips=[Chip…], title=, segments=[…])`` ``set_actions(buttons,
              more)`` · ``EmptyState(icon, words, note, *buttons)`` · ``ErrorBlock(error or Words, *buttons)`` ·
              ``ProgressRow(task, words)`` · ``hatch_brush(widget)``
palette       ``Entry(group, title, run, marks=(), sub=(), icon=, shortcut=)``; a source is ``(query) ->
              Sequence[Entry]`` run on the worker: ``shell.finder.add_source(source)`` · ``match(query, text)`` marked
              positions by text, pinyin and initials, or None
tasks         ``tasks.run(fn, done, failed=None, owner=widget, slot="")`` · ``tasks.run_long(fn(progress), done,
              owner=, aside=False)`` -> ``Task``; ``progress.at(step, steps, words)`` · ``tasks.listen(announcer)`` ·
              ``tasks.changed`` ``tasks.unhandled`` ``tasks.close()``
shell         ``ShellWindow(firm, person, [PageEntry(key, icon, title, make, short, at_foot)], tasks=, settings=)``:
              ``go(key, **target)`` ``toast(words, undo)`` ``open_sheet(widget, title)`` ``close_sheet()``
              ``set_badge(key, n)`` ``cover(widget)`` ``uncover()`` ``set_new_commands(commands)`` ``timer`` ``status``
              ``bell`` ``finder``; pages reach the first five as ``self.host``
start         ``UnlockPage(firm, person_note)``: ``unlock_asked(str)`` ``system_asked`` ``recovery_asked``
              ``set_error(words, wait_seconds)`` · ``WelcomePage(folder)``: ``create_asked(NewOffice)``
              ``open_asked(path)`` · ``Appearance(app, settings)`` keeps language and theme as the settings say
"""

from lawdesk.ui import icons, theme
from lawdesk.ui.appearance import Appearance
from lawdesk.ui.blocks import Bar, EmptyState, ErrorBlock, ProgressRow, hatch_brush
from lawdesk.ui.buttons import Button, Command, menu_of, more_button
from lawdesk.ui.chips import Chip, FilterChips, Switch2, Tabs, chip_height, chip_width, paint_chip, paint_ring
from lawdesk.ui.choosers import ComboBox, Token, TokenEdit
from lawdesk.ui.fields import Autosave, CheckBox, DateEdit, LineEdit, MoneyEdit, TextArea, is_composing
from lawdesk.ui.flow import FlowLayout
from lawdesk.ui.forms import Facts, Field, Form
from lawdesk.ui.keycaps import KeyCaps
from lawdesk.ui.labels import Hairline, IconLabel, Label, SectionHeading, Segment, SegmentLine, paint_segments
from lawdesk.ui.layouts import STRETCH, Gap, grid, hbox, sized, vbox
from lawdesk.ui.matching import match, paint_marked
from lawdesk.ui.page import Page, PageEntry, WidthClass
from lawdesk.ui.palette import Entry, Source
from lawdesk.ui.panes import DetailHeader, ListDetail, ScrollArea, panel
from lawdesk.ui.rowlist import RowList
from lawdesk.ui.rows import Heading, ListModel, Row, RowAction, Status
from lawdesk.ui.shell import ShellWindow
from lawdesk.ui.startpages import NewOffice, UnlockPage, WelcomePage
from lawdesk.ui.tables import Column, Table, TableModel
from lawdesk.ui.tasks import Progress, Task, TaskRunner
from lawdesk.ui.words import Follows, Words, alive, say

__all__ = [
    "STRETCH",
    "Appearance",
    "Autosave",
    "Bar",
    "Button",
    "CheckBox",
    "Chip",
    "Column",
    "ComboBox",
    "Command",
    "DateEdit",
    "DetailHeader",
    "EmptyState",
    "Entry",
    "ErrorBlock",
    "Facts",
    "Field",
    "FilterChips",
    "FlowLayout",
    "Follows",
    "Form",
    "Gap",
    "Hairline",
    "Heading",
    "IconLabel",
    "KeyCaps",
    "Label",
    "LineEdit",
    "ListDetail",
    "ListModel",
    "MoneyEdit",
    "NewOffice",
    "Page",
    "PageEntry",
    "Progress",
    "ProgressRow",
    "Row",
    "RowAction",
    "RowList",
    "ScrollArea",
    "SectionHeading",
    "Segment",
    "SegmentLine",
    "ShellWindow",
    "Source",
    "Status",
    "Switch2",
    "Table",
    "TableModel",
    "Tabs",
    "Task",
    "TaskRunner",
    "TextArea",
    "Token",
    "TokenEdit",
    "UnlockPage",
    "WelcomePage",
    "WidthClass",
    "Words",
    "alive",
    "chip_height",
    "chip_width",
    "grid",
    "hatch_brush",
    "hbox",
    "icons",
    "is_composing",
    "match",
    "menu_of",
    "more_button",
    "paint_chip",
    "paint_marked",
    "paint_ring",
    "paint_segments",
    "panel",
    "say",
    "sized",
    "theme",
    "vbox",
]
