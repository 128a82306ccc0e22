/** Most containers that one file gives, init and ephemeral ones included. */
export const CONTAINERS_MAX = 10_000;

/** How deep lists of lists are followed; kubectl makes one level. */
export const LIST_DEPTH_MAX = 4;

/** Most problems that are listed for one file; one more says that there are others. */
export const PROBLEMS_MAX = 200;

/** How much of a value is shown in a message. */
export const SHOWN_CHARACTERS_MAX = 80;

/** How much of a text is looked at to tell whether it is a manifest. */
export const LOOKED_AT_CHARACTERS_MAX = 1024 * 1024;
