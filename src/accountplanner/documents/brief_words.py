"""What a brief says, line by line: the words of its parts, of each fact and of where it comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from accountplanner.documents.wording import Wording
from accountplanner.domain.briefs import About, Brief, BriefLine, Part, Question, Reason
from accountplanner.domain.calendar import days_until, read_day
from accountplanner.domain.ladder import LADDER, RUNGS
from accountplanner.domain.text import isolated

_SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact written out: a small label above, the words, and in small where they come from.

    `alert` marks what must not be overlooked, in words as well; `series` is drawn as small bars.
    """

    text: str
    label: str = ""
    source: str = ""
    alert: bool = False
    series: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefWords:
    """Words a brief in one language on one day."""

    wording: Wording
    today: date

    def heading(self, part: Part) -> str:
        """The heading of a part."""
        say = self.wording.say
        return {
            Part.LAST_TALK: say("Last talk"),
            Part.OUR_PROMISES: say("We promised"),
            Part.THEIR_PROMISES: say("They promised"),
            Part.DISPUTES: say("In dispute"),
            Part.CARES: say("What they care about"),
            Part.NEXT_RUNG: say("The next rung"),
            Part.CAUTIONS: say("Take care"),
            Part.PEOPLE: say("Who is there"),
            Part.IN_TOUCH: say("Who else is in touch"),
            Part.DATES: say("Dates coming"),
            Part.SMALL_TALK: say("Beside business"),
        }[part]

    def nothing(self, part: Part) -> str:
        """What stands where a part that is always there has nothing to tell."""
        say = self.wording.say
        return {
            Part.LAST_TALK: say("No talk is on file yet."),
            Part.OUR_PROMISES: say("Nothing open."),
            Part.THEIR_PROMISES: say("Nothing open."),
        }.get(part, "")

    def more(self, count: int) -> str:
        """What is said of lines there is no room for."""
        return self.wording.say_count("and {count} more", "and {count} more", count)

    def entry(self, line: BriefLine) -> Entry:
        """One fact written out."""
        tellers = {
            About.TOUCH: self._touch,
            About.PROMISE: self._promise,
            About.DISPUTE: self._dispute,
            About.REGULAR: self._regular,
            **dict.fromkeys((About.NEWCOMER, About.LEFT, About.KEY_PERSON), self._person),
            **dict.fromkeys((About.CAUTION, About.PEACE, About.COMPLAINT), self._caution),
            **dict.fromkeys((About.EVIDENCE, About.DOUBT, About.MOVED), self._rung),
            **dict.fromkeys((About.NOTE, About.NEED, About.ANSWER), self._said),
        }
        return tellers.get(line.about, self._coming)(line)

    def source(self, line: BriefLine) -> str:
        """Where a fact comes from, in small."""
        return self._source(line)

    def question(self, question: Question) -> tuple[str, str]:
        """The question itself, and in one line why it is the one worth asking."""
        say = self.wording.say
        asked = self._questions().get(question.key) or say(
            "Ask about: {topic}", topic=self.wording.label(question.label)
        )
        if question.key == "dispute":
            asked = say("Is “{matter}” settled for them, and if not, what would settle it?", matter=question.text)
        if question.name:
            asked = say("Ask {name}: {question}", name=question.name, question=asked)
        when = self.day(question.on)
        why = {
            Reason.DISPUTE: say(
                "It stands open since {day}; they will think of it before anything you bring.", day=when
            ),
            Reason.MISSING: say("Nobody has asked yet, and of all that is missing it would help most."),
            Reason.STALE: say(
                "The last answer is of {day} and no longer fresh; it is the one that matters most.", day=when
            ),
            Reason.CONFLICT: say("Two answers stand against each other, neither knowing the other."),
        }[question.reason]
        return asked, why

    def standing(self, brief: Brief) -> str:
        """The rung in a sentence; who holds it is said where it is not whom the page is about."""
        say = self.wording.say
        standing = brief.standing
        if standing.rung not in RUNGS:
            return say("No rung yet")
        rung = RUNGS[standing.rung]
        facts = {"rung": self.wording.label(rung.name), "step": rung.step, "steps": len(LADDER)}
        proposed = say("{rung} proposed, rung {step} of {steps}", **facts)
        told = proposed if standing.proposed else say("{rung}, rung {step} of {steps}", **facts)
        return told if standing.holder == brief.title else say("{who}: {standing}", who=standing.holder, standing=told)

    def knowledge(self, brief: Brief) -> tuple[str, ...]:
        """How well they are known, which says nothing of how they are: what is fresh, and what fades."""
        known = brief.knowledge
        said = self.wording.say("{known} of {asked} answers fresh", known=known.known, asked=known.asked)
        if not known.fading:
            return (said,)
        return said, self.wording.say_count("{count} fading", "{count} fading", known.fading)

    def touches(self, brief: Brief) -> str:
        """How often anybody of us was in touch, beside the line that shows when."""
        say_count = self.wording.say_count
        return say_count("{count} touch in twelve months", "{count} touches in twelve months", sum(brief.touches))

    def reader(self, brief: Brief) -> str:
        """Whom the page is for, and of which day it is."""
        say = self.wording.say
        return say("Visit brief for {name}, {day}", name=brief.reader, day=self.day(brief.day))

    def footer(self, brief: Brief) -> str:
        """What to know about the paper itself."""
        say = self.wording.say
        marks = say("Fading: older than it stays fresh.")
        if not brief.personal:
            return marks
        return f"{marks} {say('This page holds personal answers: for your eyes only, do not leave it lying about.')}"

    def _questions(self) -> dict[str, str]:
        say = self.wording.say
        return {
            "who_decides": say("Who decides on this in the end, and who is asked before?"),
            "need": say("What would make the most difference for you this year?"),
            "key_problems": say("What costs you the most trouble at the moment?"),
            "priorities": say("What has to be better by the end of the year?"),
            "satisfaction": say("How satisfied are you with us, and what would it take to be more so?"),
            "biggest_problem": say("What is the one thing we should stop or start doing?"),
            "contract_end": say("Until when does the contract run, and what comes after it?"),
            "buying_role": say("How does such a decision come about here, and what is your part in it?"),
            "mackay_key_problems": say("What costs you the most trouble at the moment?"),
            "mackay_near_objective": say("What do you want to have done in the coming months?"),
            "mackay_long_objective": say("Where should all this stand in five years?"),
            "mackay_management_priorities": say("What does your management put first, and would you, too?"),
            "mackay_can_we_help": say("If we could take one thing off your hands, which would it be?"),
            "mackay_known_by": say("Whom else of us have you had to do with?"),
            "mackay_obligations": say("With whom else do you work so long that you would not change easily?"),
            "mackay_conversation": say("What do you talk about when it is not about work?"),
            "mackay_hobbies": say("What do you do when you are not here?"),
            "mackay_previous_employers": say("Where were you before you came here?"),
            "mackay_birth": say("Where did you grow up?"),
        }

    def _touch(self, line: BriefLine) -> Entry:
        head, _, rest = line.text.partition("\n")
        label = _joined(self.wording.label(line.label) if line.label else "", line.name, self.day(line.day))
        return Entry(_sentences(head, rest), label, _joined(self._by(line), self._private(line)))

    def _dispute(self, line: BriefLine) -> Entry:
        return Entry(_sentences(line.text, line.label), self._since(line.day), self._source(line), alert=True)

    def _coming(self, line: BriefLine) -> Entry:
        return Entry(self._date_words(line), self.day(line.day), self._source(line))

    def _promise(self, line: BriefLine) -> Entry:
        say = self.wording.say
        due = read_day(line.day)
        if due is None:
            return Entry(line.text, _joined(say("no day set"), line.name), self._source(line))
        late = -days_until(due, self.today)
        told = (
            self.wording.say_count("{count} day late", "{count} days late", late)
            if late > 0
            else say("due {day}", day=self.day(line.day))
        )
        return Entry(line.text, _joined(told, line.name), self._source(line), alert=late > 0)

    def _regular(self, line: BriefLine) -> Entry:
        say = self.wording.say
        who = _joined(line.name, self.wording.label(line.label) if line.label else "") or say("Somebody of us")
        often = self.wording.say_count("once within a year", "{count} times within a year", line.count)
        last = say(
            "last {channel} {day}", channel=self.wording.label(line.text) if line.text else "", day=self.day(line.day)
        )
        return Entry(who, "", f"{often}, {' '.join(last.split())}", series=line.series)

    def _person(self, line: BriefLine) -> Entry:
        say = self.wording.say
        about = _joined(line.text, self.wording.label(line.label) if line.label else "", self._private(line))
        if line.about is About.NEWCOMER:
            return Entry(line.name, say("New, first heard of {day}", day=self.day(line.day)), about)
        if line.about is About.LEFT:
            return Entry(line.name, say("No longer there"), about)
        return Entry(line.name, "", about)

    def _caution(self, line: BriefLine) -> Entry:
        say = self.wording.say
        if line.about is About.CAUTION:
            return Entry(say("There is something not to bring up with {name}.", name=line.name),
                         "", say("What it is stands on the screen alone."), alert=True)  # fmt: skip
        if line.about is About.PEACE:
            return Entry(
                say("{name} asked to be left in peace until {day}.", name=line.name, day=self.day(line.day)),
                source=self._private(line),
                alert=True,
            )
        label = say("A complaint nobody has answered, {score} of 10", score=line.label)
        return Entry(self._quoted(line.text) if line.text else line.name, label, self._source(line), alert=True)

    def _rung(self, line: BriefLine) -> Entry:
        say = self.wording.say
        if line.about is About.DOUBT:
            return Entry(self.wording.tell(line.text), say("Doubtful now"), alert=True)
        if line.about is About.MOVED:
            since = (
                say("{rung} since {day}", rung=self.wording.label(line.label), day=self.day(line.day))
                if line.day
                else say("Proposed")
            )
            return Entry(self.wording.tell(line.text), since, self._source(line))
        return Entry(self.wording.label(line.text), say("What would prove {rung}", rung=self.wording.label(line.label)))

    def _quoted(self, words: str) -> str:
        return self.wording.say("“{words}”", words=words)

    def _said(self, line: BriefLine) -> Entry:
        text = self._quoted(line.text) if line.about is About.NEED else line.text
        label = _joined(
            line.name if line.about is About.ANSWER else "", self.wording.label(line.label) if line.label else ""
        )
        return Entry(text, label, self._source(line))

    def _date_words(self, line: BriefLine) -> str:
        say = self.wording.say
        match line.about:
            case About.BIRTHDAY:
                return say("Birthday of {name}", name=line.name)
            case About.ANNIVERSARY:
                return say("Wedding anniversary of {name}", name=line.name)
            case About.CONTRACT:
                return say("The contract ends")
            case About.REVIEW:
                return say("Review")
            case About.EXPECTED:
                return say("{deal} expected", deal=line.text)
            case _:
                return _joined(_sentences(*line.text.split("\n")), line.name)

    def _source(self, line: BriefLine) -> str:
        """Who said it, when and how; opinions are named so, stale, private and doubtful answers are marked in words."""
        say, said = self.wording.say, line.said
        by = say("opinion of {name}", name=said.by) if said.opinion and said.by else said.by
        marks = (
            say("fading") if said.stale else "",
            say("two answers") if said.disputed else "",
            self._private(line),
        )
        return _joined(", ".join(part for part in (by, self.day(said.on)) if part), *marks)

    def _private(self, line: BriefLine) -> str:
        return self.wording.say("only on this computer") if line.said.private else ""

    def _by(self, line: BriefLine) -> str:
        return self.wording.say("with {name}", name=line.said.by) if line.said.by else ""

    def _since(self, day: str) -> str:
        return self.wording.say("open since {day}", day=self.day(day)) if day else ""

    def day(self, day: str) -> str:
        """A day given as ISO text; empty for none."""
        read = read_day(day)
        return self.wording.day(read, self.today) if read else ""


def _joined(*parts: str) -> str:
    """The parts that are there, one after the other."""
    return _SEPARATOR.join(isolated(part) for part in parts if part)


def _sentences(*parts: str) -> str:
    """The parts that are there, each closed like a sentence but the last one."""
    held = [part.strip() for part in parts if part.strip()]
    closed = [isolated(part) if part[-1] in ".!?…:" else f"{isolated(part)}." for part in held[:-1]]
    return " ".join((*closed, *map(isolated, held[-1:])))
