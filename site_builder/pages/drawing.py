"""Pictures that stand for a page on other sites."""


def can_draw() -> bool:
    return False
