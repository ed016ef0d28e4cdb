"""The Qt palette of a scheme, for everything Fusion draws by itself."""

from typing import Final

from PySide6.QtGui import QColor, QPalette

from accountplanner.desktop.theme.tokens import Colours

_Role = QPalette.ColorRole

_ROLES: Final = {
    _Role.Window: "surface",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "window",
    _Role.Text: "text",
    _Role.PlaceholderText: "faint",
    _Role.Button: "raised",
    _Role.ButtonText: "text",
    _Role.BrightText: "on_accent",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "info",
    _Role.Accent: "accent",
    _Role.Light: "raised",
    _Role.Midlight: "hover",
    _Role.Mid: "border",
    _Role.Dark: "input_border",
    _Role.Shadow: "shadow",
}


def palette_of(colours: Colours) -> QPalette:
    """Build the palette. Disabled text is faint rather than greyed out of sight."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, name)))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(colours.track))
    return palette
