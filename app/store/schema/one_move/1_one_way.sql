-- The hub tells an agent that her call is moved, and waits: the log of commands needs no announcement beside it.
DROP FUNCTION announce_move, announced_move;
