"""What we mend in pjproject 2.17 before building it; each cure says which fault it is for.

Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debian_sid import EngineError

if TYPE_CHECKING:
    from pathlib import Path

CURES = {
    # WORKAROUND: when the sound server dies in a call, snd_pcm_prepare() after EPIPE fails, its result is
    # ignored, and both threads spin for ever. Leaving the thread instead raises pjmedia's device error.
    # And a blocking snd_pcm_readi() may never come back (seen with a PulseAudio source that moved), while
    # closing the device waits for its thread under pjsua's lock: the whole phone stood still. So the threads
    # never block: they look every 5 ms whether they shall end, and give up on a device dead for 3 s.
    "pjmedia/src/pjmedia-audiodev/alsa_dev.c": {
        """\
static int pb_thread_func (void *arg)
{
""": """\
static int transfer_all (struct alsa_stream* stream, snd_pcm_t* pcm, char* buf,
                         snd_pcm_uframes_t nframes, pj_bool_t capture)
{
    snd_pcm_uframes_t done = 0;
    unsigned waited_msec = 0;

    while (done < nframes && !stream->quit) {
        char* at = buf + snd_pcm_frames_to_bytes (pcm, done);
        snd_pcm_sframes_t n = capture ? snd_pcm_readi (pcm, at, nframes - done)
                                      : snd_pcm_writei (pcm, at, nframes - done);
        if (n > 0) {
            done += n;
            waited_msec = 0;
        } else if (n == 0 || n == -EAGAIN) {
            if (waited_msec >= 3000)
                return -EIO;
            pj_thread_sleep (5);
            waited_msec += 5;
        } else {
            return (int) n;
        }
    }
    return (int) done;
}


static int pb_thread_func (void *arg)
{
""",
        """\
    snd_pcm_prepare (pcm);

    while (!stream->quit) {
""": """\
    snd_pcm_nonblock (pcm, 1);
    snd_pcm_prepare (pcm);

    while (!stream->quit) {
""",
        """\
        result = snd_pcm_writei (pcm, buf, nframes);
""": """\
        result = transfer_all (stream, pcm, buf, nframes, PJ_FALSE);
""",
        """\
        result = snd_pcm_readi (pcm, buf, nframes);
""": """\
        result = transfer_all (stream, pcm, buf, nframes, PJ_TRUE);
""",
        """\
            PJ_LOG (4,(THIS_FILE, "pb_thread_func: underrun!"));
            snd_pcm_prepare (pcm);
""": """\
            PJ_LOG (4,(THIS_FILE, "pb_thread_func: underrun!"));
            if (snd_pcm_prepare (pcm) < 0) {
                status = PJMEDIA_EAUD_SYSERR;
                break;
            }
""",
        """\
            PJ_LOG (4,(THIS_FILE, "ca_thread_func: overrun!"));
            snd_pcm_prepare (pcm);
            continue;
""": """\
            PJ_LOG (4,(THIS_FILE, "ca_thread_func: overrun!"));
            if (snd_pcm_prepare (pcm) < 0 || snd_pcm_start (pcm) < 0) {
                status = PJMEDIA_EAUD_SYSERR;
                break;
            }
            continue;
""",
    },
    # Media's thread wakes for packets, which epoll tells it of at once; it looks whether it shall end ten times a
    # second, not a hundred.
    "pjmedia/src/pjmedia/endpoint.c": {
        """\
        pj_time_val timeout = { 0, 10 };
        pj_ioqueue_poll(endpt->ioqueue, &timeout);
""": """\
        pj_time_val timeout = { 0, 100 };
        pj_ioqueue_poll(endpt->ioqueue, &timeout);
""",
    },
    # WORKAROUND for https://github.com/pjsip/pjproject/issues/3856: ids are used again, so the destructor
    # of a call that is over could hang up another one that lives.
    "pjsip/src/pjsua2/call.cpp": {
        """\
    /* Remove reference to this instance from PJSUA library */
    if (id != PJSUA_INVALID_ID)
        pjsua_call_set_user_data(id, NULL);
""": """\
    /* Remove reference to this instance from PJSUA library */
    if (id == PJSUA_INVALID_ID || pjsua_call_get_user_data(id) != this)
        return;
    pjsua_call_set_user_data(id, NULL);
""",
    },
}
"""Replacements by file: the faulty text and what stands there afterwards."""


def cure(tree: Path) -> None:
    """Apply every cure to a source tree; one that is there already stays. `EngineError` for another pjproject."""
    for name, cures in CURES.items():
        file = tree / name
        text = file.read_text()
        for fault, mended in cures.items():
            if mended not in text:
                if fault not in text:
                    raise EngineError(f"{name} is not as expected: this is not a pjproject we know (2.17).")
                text = text.replace(fault, mended)
        file.write_text(text)
