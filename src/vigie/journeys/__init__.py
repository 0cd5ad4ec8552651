"""Many messages, one journey: who they speak of, what is known at present, what is still due. Pure."""
