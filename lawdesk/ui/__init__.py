"""The Qt toolkit; it knows no feature. Pages take what they need from here: ``from lawdesk.ui import Page``.

Rules for pages: name tokens (``"text2"``) and units, never hex or pixels; read and write only through
``TaskRunner``; every visible word through i18n. Where an argument is called *words* give a string or, better, a
function (``lambda: _("Cases")``): it is asked again when the language changes. Theme and text size ask nothing of
a page. Never call ``setVisible(True)`` or ``show()`` on a widget that has no parent yet: it opens as a window;
``hide()`` what is not wanted instead.

A page (list left, detail right)::

    class CasesPage(Page):
        key, icon = "cases", "folder-open"

        def __init__(self, cases: CaseService, actor: Actor, tasks: TaskRunner) -> None:
            super().__init__()
            self._cases, self._actor, self._tasks = cases, actor, tasks
            self._model = ListModel(tasks, to_row=self._row, parent=self)
            self._list = RowList(self._model, name=lambda: _("Cases"), layout="side", uniform=True)
            self._list.chosen.connect(self._show)                # the cursor moved to another item
            self._filter = FilterChips([("mine", lambda: _("Mine")), ("all", lambda: _("All"))], self._reload)
            self._head = DetailHeader()
            self._facts = Facts()
            self._panes = ListDetail(
                panel(Label(lambda: _("Cases"), step="h2"), self._filter, self._list, margins=(2, 3, 1.5, 0)),
                panel(self._head, SectionHeading(lambda: _("Facts")), self._facts, scroll=True),
                back=lambda: _("Cases"),
            )
            vbox(self._panes, parent=self)
            self._reload()

        def title(self) -> str:
            return _("Cases")

        def _reload(self) -> None:                               # filter, sort and page in SQL, on the worker
            mine = self._filter.chosen() == "mine"
            self._model.load(lambda offset, limit: self._cases.page(self._actor, mine, offset, limit))

        def _row(self, case: CaseRow) -> Row:                    # fetch returned (items, total); one item here
            return Row(case.id, case.name, segments=(case.cause, case.stage), date=short_date(case.next))

        def _show(self, case: CaseRow | None) -> None:
            if case is not None:
                read = lambda: self._cases.detail(self._actor, case.id)
                self._tasks.run(read, self._fill, owner=self, slot="detail")   # the newest wins

        def refresh(self, change: Changed | None) -> None:       # only while visible; None: everything
            if change is None or change.subject in ("case", "proceeding"):
                self._model.reload()                             # cursor and scroll position stay

        def commands(self) -> list[Command]:                     # palette, shortcut, F1 sheet
            return [Command("case.new", lambda: _("New case"), self._new, "plus", "Ctrl+Shift+C")]

        def resized(self, width: WidthClass) -> None:            # "narrow" "normal" "wide"
            self._panes.set_narrow(width == "narrow")

Page        override ``title() refresh(change) activated() go_to(**target) commands() resized(width)
            retranslate()``; use ``self.host`` (``go toast open_sheet close_sheet set_badge``; None in tests),
            ``self.toast(words, undo)`` ``self.go(key, **target)`` ``self.width_class``
theme       ``theme.color(token)`` QColor · ``theme.font(step)`` · ``theme.u(n)`` ``theme.em(n)`` pixels ·
            ``theme.current()``: ``.width(step, text)`` ``.metrics(step)`` ``.control_height`` ``.row_height``
            ``.list_row_height`` ``.heading_height`` ``.radius("control")`` ``.dark`` · ``theme.signals.changed`` ·
            ``theme.apply(app, dark=, scale=, density=, motion=)``. Tokens: tokens.py. Steps: tiny small
            small_strong body strong h3 lead h2 h1 figure. Tones: text text2 text3 accent red amber green neutral.
            A painted widget mixes in ``Follows`` before its QWidget class: ``restyle()`` ``retranslate()``.
layouts     ``vbox(*items, space=2, margins=0, parent=None)`` ``hbox(...)``: items are widgets, layouts, numbers (a
            gap in units) and ``STRETCH``; distances in units · ``grid(across=3, down=2)`` · ``FlowLayout(parent)``
            · ``line_of(*widgets, shares=())`` -> QWidget · ``empty_layout(layout, keep=())``
            · ``sized(widget, width=em, min_width=em, max_height=em …)`` · ``panel(*items, scroll=False,
            margins=(6, 4, 5, 4), ground="surface"|"paper")`` · ``ScrollArea(content)`` · ``ListDetail(list,
            detail, back=words, list_width=23)``: ``set_narrow(bool) show_detail() show_list()``; narrow panes take
            turns
icons       ``icons.pixmap(name, token, size=px)`` ``icons.icon(name, token)`` ``icons.paint(painter, name, token,
            rect, units=4.5)``; the files are resources/icons/*.svg (Lucide); add the one you need there
text        ``Label(words, step="body", tone="text", wrap=False, elide=False)``: ``set_words set_tone set_step`` ·
            ``SegmentLine(["a", Segment("b", tone="red", bold=True, icon="x")])``: ``set_parts`` ·
            ``IconLabel(icon, tone=)`` · ``Hairline(vertical=False)`` · ``SectionHeading(words, *right, count=None,
            note="")``: ``set_count set_note`` · ``paint_segments(painter, rect, parts, step=, tone=, right=)``
buttons     ``Button(words, run, kind="secondary", icon="", name="", shortcut="", mnemonic="", small=False)``;
            kinds filled secondary ghost link danger; without words a square icon button (then ``name``) ·
            ``more_button(name, commands)`` · ``menu_of(commands, parent)`` · ``Command(key, title, run, icon,
            shortcut, hint, enabled)``
chips       ``Chip(words, tone="neutral", icon="")``: ``set_chip`` · ``FilterChips([(key, words)], changed,
            many=False)`` and ``Tabs([(key, words)], changed)``: ``chosen() choose(key) set_count(key, n)``
            (``changed`` only after a person chose) · ``Switch2([(key, words, icon)], changed)`` view switch ·
            ``paint_chip chip_width``
fields      ``LineEdit(placeholder, icon="", name=, secret=False)``: ``.composing``, ``typed(str)`` (rested, never
            while composing), ``submitted()`` (Enter, never while composing), ``set_state("error"|"valid"|"")`` ·
            ``DateEdit(day, today=fn)``: ``day() set_day() day_changed(date|None)`` · ``MoneyEdit(fen)``: ``fen()
            set_fen() fen_changed`` · ``ComboBox([(key, words)], search=False, free=False)``: ``chosen()
            choose(key) set_choices() text() chosen_changed(key)``; search filters by text, pinyin, initials ·
            ``TextArea(words, lines=3)`` · ``TokenEdit(words, icon=, free=True)``: ``tokens() set_tokens()
            add_token(Token(text, note, key)) changed() entered(str)`` · ``CheckBox(words)`` · ``Autosave(save,
            parent=self)``: ``touch`` (connect any signal), ``flush()`` · ``is_composing()``
forms       ``Form()``: ``section(words, *right, note="")`` ``add(key, words, editor, span=9, required=False)`` ->
            Field (spans of 21 columns) ``add_widget(widget, span=21)`` ``show_problems(problems)`` -> those of no
            field, ``clear_problems() field(key) set_shown(key, bool) set_narrow(bool)`` · ``Field``:
            ``set_problem(words) set_valid(bool) set_hint(words)`` · ``Facts([(label, value or widget)])``:
            ``set_facts``
sheets      ``Sheet(*body, button=None, note="")`` is what a side sheet shows: ``refuse(error, form) trouble`` ·
            ``Trouble()``: ``show_error(error, *buttons) clear() block``
lists       ``Row(key, title, icon, icon_tone, segments, status=Status(text, tone, icon, chip), date, date_sub,
            person, bold, heading=Heading(text, count, note, tone, icon), marks, tags, actions=(RowAction(key,
            words, icon, shortcut),))`` · ``ListModel(tasks, to_row=fn)``: ``load(fetch)``, fetch(offset, limit) ->
            (items, total) on the worker; ``set_items(items) reload() redraw() item(n) total``, signals ``loaded()
            failed(error)`` · ``RowList(model, name=, layout="wide"|"side", empty=EmptyState(…),
            accept_files=False, uniform=False)``: ``chosen(item) opened(item) acted(item, key)
            files_dropped(item|None, paths)``, ``choose_key(key) choose_first() current_item() set_narrow(bool)``;
            errors of ``load`` show in place with "Try again"
tables      ``Column(key, words, value=fn(item), align="left", width=em (0 shares), tone=fn, bold=fn, icon=fn,
            link=False, edit=fn(item, text), edit_text=fn, sort=False)``, a value is text or Status ·
            ``TableModel(columns, tasks)`` loads like ListModel · ``Table(model, name=, fit=False)``: ``chosen
            opened linked(item, column key) sort_asked(key, descending)``; F2 edits; ``fit`` is as high as its rows
detail      ``DetailHeader(step="h2")``: ``set_head(title=, number=, chips=[Chip], segments=[…])``
            ``set_actions(*buttons, more=fn, more_name=words)`` · ``EmptyState(icon, words, note, *buttons)`` ·
            ``ErrorBlock(error, *buttons)`` · ``ProgressRow(task, words)`` · ``Bar()``: ``set_part(0–1, mark=)`` ·
            ``hatch_brush(ratio)`` · ``KeyCaps``
palette     ``Entry(group, title, run, marks, sub, icon, shortcut)``; a source ``(query) -> [Entry]`` runs on the
            worker: ``shell.finder.add_source(source)``; ``marks`` from ``kernel.chinese.matches_typed``
            (by text, pinyin, initials) · ``paint_marked``
tasks       ``tasks.run(fn, done, failed=None, owner=widget, slot="")`` · ``tasks.run_long(fn(progress), done,
            owner=, aside=False)`` -> ``Task``; ``progress.at(step, steps, words)`` · ``tasks.listen(announcer)``,
            then the shell calls ``refresh`` · ``tasks.changed`` ``tasks.unhandled`` ``tasks.close()``
shell       ``ShellWindow(firm, person, [PageEntry(key, icon, title, make, short, at_foot)], tasks=, settings=,
            note="", today=)``: ``go toast show_error open_sheet close_sheet set_badge cover(widget) uncover()
            set_new_commands set_person_commands add_commands``; ``timer``: ``set_running(label, seconds)
            set_paused set_stopped``, ``start_requested pause_requested resume_requested stop_requested
            open_requested``; ``status``: ``set_saved set_not_saved set_backup set_lock_minutes set_place``;
            ``bell.set_count``; ``idle.watch(minutes)``; signals ``bell_requested lock_requested page_shown(key)``
start       ``Appearance(app, settings)`` before the first window keeps language and look as the settings say ·
            ``UnlockPage(firm, note, system=, other=, timer_runs=)``: ``unlock_asked(str) system_asked
            code_asked(str) other_asked``, ``set_error(words, wait_seconds=) set_busy(bool)`` ·
            ``WelcomePage(folder)``: ``create_asked(NewOffice) open_asked(Path)``
"""

from lawdesk.ui import icons, theme
from lawdesk.ui.appearance import Appearance
from lawdesk.ui.blocks import Bar, EmptyState, ErrorBlock, ProgressRow, hatch_brush
from lawdesk.ui.buttons import Button, Command, menu_of, more_button
from lawdesk.ui.chips import Chip, FilterChips, Switch2, Tabs, chip_height, chip_width, paint_chip, paint_ring
from lawdesk.ui.choosers import ComboBox, Token, TokenEdit
from lawdesk.ui.clipboard import clear_secret, copy_secret
from lawdesk.ui.fields import Autosave, CheckBox, LineEdit, TextArea, dress_popup, is_composing
from lawdesk.ui.flow import FlowLayout
from lawdesk.ui.forms import Facts, Field, Form, columns_of
from lawdesk.ui.keycaps import KeyCaps
from lawdesk.ui.labels import Hairline, IconLabel, Label, SectionHeading, Segment, SegmentLine, paint_segments
from lawdesk.ui.layouts import STRETCH, Gap, empty_layout, grid, hbox, line_of, sized, vbox
from lawdesk.ui.matching import paint_marked
from lawdesk.ui.page import Page, PageEntry, WidthClass
from lawdesk.ui.palettelines import Entry, Source
from lawdesk.ui.panes import DetailHeader, ListDetail, ScrollArea, panel
from lawdesk.ui.restorepage import RestorePage, RestoreWish
from lawdesk.ui.rowlist import RowList
from lawdesk.ui.rows import Heading, ListModel, Row, RowAction, Status
from lawdesk.ui.sheets import Sheet, Trouble
from lawdesk.ui.shell import ShellWindow
from lawdesk.ui.startpages import NewOffice, UnlockPage, WelcomePage
from lawdesk.ui.tablemodel import Column, TableModel
from lawdesk.ui.tables import Table
from lawdesk.ui.tasks import Progress, Task, TaskRunner
from lawdesk.ui.valuefields import DateEdit, MoneyEdit
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
    "RestorePage",
    "RestoreWish",
    "Row",
    "RowAction",
    "RowList",
    "ScrollArea",
    "SectionHeading",
    "Segment",
    "SegmentLine",
    "Sheet",
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
    "Trouble",
    "UnlockPage",
    "WelcomePage",
    "WidthClass",
    "Words",
    "alive",
    "chip_height",
    "chip_width",
    "clear_secret",
    "columns_of",
    "copy_secret",
    "dress_popup",
    "empty_layout",
    "grid",
    "hatch_brush",
    "hbox",
    "icons",
    "is_composing",
    "line_of",
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
