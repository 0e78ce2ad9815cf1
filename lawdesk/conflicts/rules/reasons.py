"""Why a name matched and why a hit is graded as it is: codes with parameters that become sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lawdesk.conflicts.rules.titles import rule_title
from lawdesk.kernel.i18n import N_, _

_SENTENCES = {
    "id.same": N_("Same identity or registration number"),
    "id.absent": N_("No number of this party is on file, and the name is not written the same"),
    "id.differs": N_("Another identity or registration number: probably a namesake"),
    "id.nearly": N_("The numbers differ in one place: a typing error is possible"),
    "id.unknown": N_("No number to compare: identity is not confirmed"),
    "name.same": N_("Same name"),
    "name.written": N_("Same name, written differently: {asked} / {known}"),
    "name.same_person": N_("Same name; identity is not confirmed"),
    "name.acronym": N_("“{asked}” may be short for {known}"),
    "name.crowd": N_("{count} parties on file fit in this way: one more fact is needed to tell which"),
    "name.everyday": N_("An everyday name: one more fact is needed (number, year of birth, address, relation)"),
    "born.same": N_("Same year of birth: {known}"),
    "born.differs": N_("Different years of birth: {asked} / {known}"),
    "address.same": N_("Same address"),
    "not.name": N_("Only a number was given: it was searched, a name was not."),
    "name.kind": N_("The one is entered as a person, the other as an organization"),
    "char.sound": N_("Character {place} sounds the same ({reading}): {asked} / {known}"),
    "char.near": N_("Character {place} sounds nearly the same ({reading}): {asked} / {known}"),
    "char.look": N_("Character {place} looks alike: {asked} / {known}"),
    "char.missing": N_("“{known}” is missing in the name asked for"),
    "char.added": N_("“{asked}” is only in the name asked for"),
    "char.swapped": N_("Two characters are swapped: {asked} / {known}"),
    "core.same": N_("Same trade name: {known}"),
    "core.within": N_("The trade name {asked} is part of {known}"),
    "core.around": N_("The trade name {asked} contains {known}"),
    "region.absent": N_("Region given on one side only: {region}"),
    "region.differs": N_("Different regions: {asked} / {known}"),
    "trade.absent": N_("Trade given on one side only: {trade}"),
    "trade.differs": N_("Different trades: {asked} / {known}"),
    "form.differs": N_("Different legal forms: {asked} / {known}"),
    "branch.part": N_("A branch and its organization: {branch}"),
    "branch.both": N_("Two branches of one organization: {asked} / {known}"),
    "latin.order": N_("Same words in another order"),
    "latin.form": N_("Same name without the legal form"),
    "latin.part": N_("The one name lacks {words}"),
    "latin.initial": N_("Initial only: {asked} / {known}"),
    "latin.typo": N_("One letter differs: {asked} / {known}"),
    "latin.joined": N_("Same letters, words divided differently"),
    "latin.sound": N_("Same sound, spelled differently: {asked} / {known}"),
    "latin.nickname": N_("A given name and its short form: {asked} / {known}"),
    "latin.differs": N_("Different words: {asked} / {known}"),
    "latin.pinyin_otherwise": N_("Two spellings of the same Chinese sounds: {letters}"),
    "latin.pinyin_near": N_("{han} sounds nearly like {letters}"),
    "latin.pinyin": N_("The pinyin of {han} reads {letters}"),
    "kind.former": N_("Matched a former name"),
    "kind.short": N_("Matched a short name"),
    "kind.english": N_("Matched an English name"),
    "kind.alias": N_("Matched another name of the party"),
    "ask.same_matter": N_("Is it the same case or the same legal affair? Then: {title}"),
    "ask.identity": N_("Are they the same? Ask for the identity or registration number."),
    "ask.same_lawyer": N_("Would the standing counsel also handle this? Then: {title}"),
    "ask.closed_when": N_("When did the engagement end? Within one year a waiver is needed."),
    "ask.confidential": N_("Was confidential information learnt that bears on the new matter?"),
    "ask.interests": N_("Do the interests of this third party run against those of the client?"),
    "not.relatives": N_("Close relatives of the lawyers are not registered."),
    "not.shareholders": N_("Shareholders, controllers and affiliates are not registered for every company."),
    "not.offices": N_("Former offices of the lawyers as judge, prosecutor or arbitrator are not registered."),
    "not.relations": N_("Relations between parties were not walked."),
    "not.hub": N_("{name} has too many relations to be walked through; ask who stands behind it."),
    "not.cut": N_("There are more relations than are walked in one check; ask about the farther ones."),
    "relation.steps": N_("Found through relations, steps: {steps}"),
    "relation.back": N_("The tie leads back to the client itself: no conflict"),
    "ask.affiliate": N_("Do the two companies' interests coincide here, and does the client know of the tie?"),
    "ask.handled": N_("Is it the matter that {member} handled in office? Then: {title}"),
    "ask.which_lawyer": N_("Would {member}, who acted there, also handle this?"),
    "not.members": N_("These members have declared no relatives, offices and former matters: {names}."),
    "ask.judges": N_(
        "Was a lawyer judge or prosecutor within two years or ever at this court, or has close family there?"
    ),
    "ask.accused": N_("Does the same lawyer defend another accused of this or a related case?"),
    "ask.arbitrator": N_("Is a colleague the arbitrator of this case?"),
    "ask.interested": N_("Does the firm also act for another side of this business, other than jointly?"),
    "ask.administrator": N_("In a bankruptcy: did the firm serve debtor or creditors in the three years before?"),
    "ask.offices": N_("Clients of other offices of the firm count too; they are not in this office's data."),
    "ask.tie": N_("Does this relation still hold, and does it bear on the new matter?"),
    "not.adverse": N_("No adverse party was named: conflicts with them were not searched."),
    "not.client": N_("No client was named: conflicts with them were not searched."),
    "not.numbers": N_("No identity or registration numbers were given: equal names are not proof."),
    "walled.ask": N_("Something lies behind an ethical wall: ask the director, reference {number}."),
    "walled.conflict": N_("The director answered reference {number}: there is a conflict."),
    "walled.later": N_("The director wants to talk about reference {number} first."),
    "walled.free": N_("Behind ethical walls: the director answered reference {number}: no obstacle."),
    "asked.alias": N_("Searched under the other name given: {asked}"),
}


@dataclass(frozen=True)
class Reason:
    """One reason, as a value: a code and its parameters; :meth:`words` makes the sentence."""

    code: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    def words(self) -> str:
        """Return the sentence in the user's language; a ``rule`` among the parameters by its title."""
        told = dict(self.params)
        if "rule" in told:
            told["title"] = rule_title(told["rule"])
        return _(_SENTENCES[self.code]).format(**told)


def reason(code: str, **params: Any) -> Reason:
    """Return a reason; KeyError for a code that has no sentence."""
    _SENTENCES[code]
    return Reason(code, params)
