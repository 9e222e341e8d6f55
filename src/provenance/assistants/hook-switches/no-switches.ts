/** Of an assistant of which nothing is known that switches hooks off or moves its configuration. */
export const NO_SWITCHES = { options: [], givenSettings: [], offVariables: [], moves: [], settings: [] } as const;
