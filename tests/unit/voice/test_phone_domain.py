import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phone import (
    ANSWERED_STATES,
    LIVE_STATES,
    SIP_CODES,
    TRANSITIONS,
    CallHappening,
    CallState,
    RejectCause,
    SipCredentials,
    next_state,
)


@pytest.mark.parametrize(("state", "happening"), list(itertools.product(CallState, CallHappening)))
def test_every_pair_has_one_answer(state: CallState, happening: CallHappening) -> None:
    after = next_state(state, happening)
    assert after is TRANSITIONS.get((state, happening))
    if state is CallState.ENDED:
        assert after is None, "an ended call never lives again"
    elif happening is CallHappening.ENDED:
        assert after is CallState.ENDED, "every live call can end"
    if after is CallState.INCOMING:
        pytest.fail("a call rings once, when it comes")


@given(st.lists(st.sampled_from(CallHappening)), st.sampled_from([CallState.DIALLING, CallState.INCOMING]))
def test_whatever_happens_a_call_stays_in_the_table(happenings: list[CallHappening], state: CallState) -> None:
    answered = False
    for happening in happenings:
        after = next_state(state, happening)
        if after is None:
            continue
        state = after
        answered = answered or state in ANSWERED_STATES
        assert not (answered and state in {CallState.INCOMING, CallState.DIALLING, CallState.ALERTING})
    assert state in LIVE_STATES or state is CallState.ENDED


def test_each_refusal_has_a_sip_answer() -> None:
    assert set(SIP_CODES) == set(RejectCause)
    assert all(400 <= code < 700 for code in SIP_CODES.values())


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(SipCredentials("camille", "secret", "127.0.0.1", 5060))
