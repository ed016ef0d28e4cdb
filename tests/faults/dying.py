"""Programs that die at a chosen call, as text: they run in processes of their own."""

DYING = """
import os, signal, sys
from pathlib import Path
from accountplanner.store.places import Places
from accountplanner.usecases.workspaces import Key, open_workspace

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(before):
    def both(*args, **named):
        before(*args, **named)
        die()
    return both

session = open_workspace(Places(Path(sys.argv[1])), Key(sys.argv[2]))
"""
"""Opens the workspace named first with the passphrase named second; what is appended says where it dies."""
