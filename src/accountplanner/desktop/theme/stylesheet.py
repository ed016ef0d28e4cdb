"""The one style sheet, built from the tokens.

Labels and buttons say what they are by dynamic properties (`role`, `tone`, `kind`).
Palettes of single widgets are never set: on a live switch of the scheme such text stays
in the old colour and disappears.
"""

from collections.abc import Iterable

from accountplanner.desktop.theme.tokens import TYPES, Colours, Radius, Space, Tone, Type


def style_sheet(colours: Colours, family: str, types: dict[str, Type], percent: int = 100) -> str:
    """Write the sheet for one scheme and one size of text.

    No `min-height` in it: Qt takes it for the smallest size of the widget and would squeeze what holds larger text.
    What fills the window is put in its place at once: Qt would start an animation for it, and its timers, before
    anything is painted.
    """
    parts = (
        _ground(colours, family, types),
        *_texts(types),
        *_tones(colours),
        _buttons(colours, types),
        _inputs(colours),
        _choices(colours, percent),
        _lists(colours, types),
        _menus(colours),
        _bars(colours),
    )
    return "\n".join(parts)


def scaled_types(percent: int) -> dict[str, Type]:
    """Return the type sizes for a person who asked for larger text."""
    return {name: Type(round(kind.size_px * percent / 100), kind.weight) for name, kind in TYPES.items()}


def _ground(colours: Colours, family: str, types: dict[str, Type]) -> str:
    return f"""
* {{ font-family: "{family}"; font-size: {types["body"].size_px}px; }}
QWidget {{ color: {colours.text}; }}
QMainWindow, QWidget[ground="window"] {{ background: {colours.window}; }}
QMainWindow > QStackedWidget {{ widget-animation-duration: 0; }}
QDialog, QWidget[ground="surface"] {{ background: {colours.surface}; }}
QWidget[ground="rail"] {{ background: {colours.rail}; }}
QDialog[frameless="true"] {{ border: 1px solid {colours.input_border}; }}
QFrame[line="true"] {{ background: {colours.border}; border: none; }}
QLabel {{ background: transparent; }}
QToolTip {{ background: {colours.raised}; color: {colours.text}; border: 1px solid {colours.input_border};
    padding: {Space.HAIR}px {Space.SMALL}px; }}
QScrollArea, QAbstractScrollArea {{ background: transparent; border: none; }}"""


def _texts(types: dict[str, Type]) -> Iterable[str]:
    for name, kind in types.items():
        yield f'QLabel[role="{name}"] {{ font-size: {kind.size_px}px; font-weight: {kind.weight}; }}'


def _tones(colours: Colours) -> Iterable[str]:
    for tone in Tone:
        yield f'QLabel[tone="{tone}"] {{ color: {colours.ink(tone)}; }}'
    yield f'QLabel[tone="muted"] {{ color: {colours.muted}; }}'
    yield f'QLabel[tone="faint"] {{ color: {colours.faint}; }}'


def _buttons(colours: Colours, types: dict[str, Type]) -> str:
    weight = types["strong"].weight
    return f"""
QPushButton {{ background: {colours.raised}; border: 1px solid {colours.border}; border-radius: {Radius.CONTROL}px;
    padding: 6px 14px; font-weight: {weight}; }}
QPushButton:hover {{ background: {colours.hover}; }}
QPushButton:pressed {{ background: {colours.soft}; }}
QPushButton:focus {{ border: 2px solid {colours.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {colours.faint}; background: {colours.window}; }}
QPushButton[kind="primary"] {{ background: {colours.accent}; color: {colours.on_accent};
    border-color: {colours.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {colours.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {colours.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {colours.track}; color: {colours.text};
    border-color: {colours.track}; }}
QPushButton[kind="danger"] {{ color: {colours.bad}; border-color: {colours.bad}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent; color: {colours.accent};
    padding: 2px 4px; font-size: {types["small"].size_px}px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="chip"] {{ background: {colours.soft}; border: 1px solid {colours.soft}; border-radius: 12px;
    padding: 3px 9px; color: {colours.accent}; font-size: {types["small"].size_px}px; }}
QPushButton[kind="chip"]:hover {{ border-color: {colours.accent}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {colours.accent}; padding: 2px 8px; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {colours.accent}; padding: 2px 4px; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: {Radius.CONTROL}px;
    padding: {Space.HAIR}px; }}
QToolButton:hover {{ background: {colours.hover}; }}
QToolButton:focus {{ border-color: {colours.accent}; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; }}"""


def _inputs(colours: Colours) -> str:
    kinds = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox"
    focused = ", ".join(f"{kind}:focus" for kind in kinds.split(", "))
    return f"""
{kinds} {{ background: {colours.surface}; border: 1px solid {colours.input_border};
    border-radius: {Radius.CONTROL}px; padding: 6px 10px;
    selection-background-color: {colours.accent}; selection-color: {colours.on_accent};
    placeholder-text-color: {colours.faint}; }}
{focused} {{ border: 2px solid {colours.accent}; padding: 5px 9px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {colours.window}; color: {colours.faint}; }}
QLineEdit[state="wrong"], QPlainTextEdit[state="wrong"] {{ border: 2px solid {colours.bad}; padding: 5px 9px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{ background: {colours.raised}; border: 1px solid {colours.input_border};
    selection-background-color: {colours.soft}; selection-color: {colours.text}; outline: none; }}"""


def _choices(colours: Colours, percent: int) -> str:
    box, dot = round(14 * percent / 100), round(6 * percent / 100)
    return f"""
QCheckBox, QRadioButton {{ outline: none; spacing: {Space.SMALL}px; background: transparent; border: 2px solid transparent;
    border-radius: {Radius.SMALL}px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {colours.accent}; }}
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator {{ width: {box}px; height: {box}px;
    background: {colours.surface};
    border: 2px solid {colours.input_border}; }}
QCheckBox::indicator, QListView::indicator {{ border-radius: 5px; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {colours.accent}; border-color: {colours.accent}; }}
QRadioButton::indicator {{ border-radius: {box // 2 + 2}px; }}
QRadioButton::indicator:checked {{ border: {(box + 4 - dot) // 2}px solid {colours.accent};
    width: {dot}px; height: {dot}px; }}"""


def _lists(colours: Colours, types: dict[str, Type]) -> str:
    return f"""
QListView {{ border: 2px solid transparent; border-radius: {Radius.SMALL}px; }}
QListView:focus {{ border-color: {colours.accent}; }}
QListView::item {{ padding: {Space.HAIR}px {Space.SMALL}px; border: none; border-radius: {Radius.SMALL}px; }}
QListView::item:hover {{ background: {colours.hover}; }}
QListView::item:selected {{ background: {colours.soft}; color: {colours.text}; }}
QTableView, QTreeView {{ border: none; }}
QTableView, QTreeView, QListView {{ background: {colours.surface}; outline: none;
    alternate-background-color: {colours.surface}; selection-background-color: {colours.soft};
    selection-color: {colours.text}; gridline-color: {colours.border}; }}
QTableView::item {{ padding: {Space.HAIR}px {Space.SMALL}px; border: none;
    border-bottom: 1px solid {colours.border}; }}
QTableView::item:hover {{ background: {colours.hover}; }}
QTableView::item:selected {{ background: {colours.soft}; color: {colours.text}; }}
QHeaderView {{ background: {colours.surface}; }}
QHeaderView::section {{ background: {colours.surface}; color: {colours.muted}; border: none;
    border-bottom: 1px solid {colours.input_border}; padding: 6px 11px;
    font-size: {types["small"].size_px}px; font-weight: {types["small_strong"].weight}; }}
QAbstractScrollArea::corner, QTableCornerButton::section {{ background: transparent; border: none; }}
QTableView[look="list"] {{ selection-background-color: transparent; }}
QTableView[look="list"]::item, QTableView[look="list"]::item:hover, QTableView[look="list"]::item:selected {{
    background: transparent; border: none; }}"""


def _menus(colours: Colours) -> str:
    return f"""
QMenu {{ background: {colours.raised}; border: 1px solid {colours.border}; padding: {Space.HAIR}px; }}
QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: {Radius.SMALL}px; }}
QMenu::item:selected {{ background: {colours.soft}; color: {colours.text}; }}
QMenu::item:disabled {{ color: {colours.faint}; }}
QMenu::separator {{ height: 1px; background: {colours.border}; margin: {Space.HAIR}px {Space.SMALL}px; }}
QMenu::icon {{ padding-left: {Space.SMALL}px; }}
QMenuBar {{ background: {colours.rail}; padding: 2px {Space.SMALL}px; }}
QMenuBar::item {{ padding: {Space.HAIR}px {Space.SMALL}px; border-radius: {Radius.SMALL}px; background: transparent; }}
QMenuBar::item:selected {{ background: {colours.soft}; }}"""


def _bars(colours: Colours) -> str:
    return f"""
QScrollBar:vertical {{ width: 12px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {colours.track}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {colours.input_border}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {colours.track}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {colours.accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {colours.border}; }}"""
