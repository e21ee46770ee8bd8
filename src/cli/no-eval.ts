import { config } from "zod/v4/core";

// Before any schema is made: each that is used once, as at the start, costs more to compile than it ever saves.
config({ jitless: true });
