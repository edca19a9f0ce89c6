"""How a förbättringsförslag or a good example lives."""

from __future__ import annotations

from avvikelse.demo.stories import Idea

from .life import Life

DECLINED, DELAYED = 0.22, 0.15


def live(life: Life, idea: Idea) -> None:
    """Carry it on until it is answered or its next act lies ahead."""
    life.wait(1, 6)
    if idea.sort == "good_example":
        share(life, idea)
        return
    life.move("consider", life.chief, investigator=life.investigator, thought=idea.considering)
    life.wait(4, 25)
    if idea.declined and life.chance(DECLINED):
        life.move("decline", life.chief, why=idea.declined)
        life.wait(0, 3)
        life.move("close", life.chief, answer=idea.declined)
        return
    life.move("adopt", life.chief, plan=idea.plan)
    life.wait(10, 60)
    life.move("implement", life.chief, result=idea.result)
    life.wait(1, 10)
    life.move("close", life.chief, answer=idea.answer)


def share(life: Life, idea: Idea) -> None:
    life.move("share", life.chief, shared_with=idea.plan or "Vi tog upp det på APT och berättade för grannenheterna.")
    life.wait(2, 12)
    life.move("close", life.chief, answer=idea.answer)
