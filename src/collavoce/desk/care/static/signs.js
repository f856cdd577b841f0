// Every state is a word, a shape, a tone with its pulse, and a mood for the style sheet's colours.
// The words are the catalogue's, under the name of the state.

const sign = (shape, tone, mood) => ({ shape, tone, mood });

/** My own press. */
export const PRESS = {
  idle: sign("○", null, "rest"),
  idle_alone: sign("○", null, "rest"),
  felt: sign("◔", "felt", "doubt"),
  unsent: sign("▲", "lost", "danger"),
  unrecorded: sign("▲", "lost", "danger"),
  refused: sign("▲", "lost", "danger"),
  calling: sign("●", "kept", "good"),
  shown: sign("◉", "kept", "good"),
  quiet: sign("?", "kept", "doubt"),
  unreached: sign("▲", "lost", "danger"),
  alone: sign("▲", "lost", "danger"),
  coming: sign("▶", "coming", "good"),
  not_reached: sign("▲", "lost", "danger"),
  arrived: sign("✓", "coming", "good"),
  taking_back: sign("◔", "felt", "rest"),
  taken_back: sign("✓", "done", "rest"),
  waiting_idle: sign("○", null, "rest"),
  waiting_kept: sign("●", "kept", "good"),
};

/** Somebody's call on me. */
export const CALL = {
  open: sign("▲", "ring", "danger"),
  coming: sign("▶", "kept", "good"),
  covered: sign("✓", "done", "rest"),
  cancelled: sign("✕", "done", "rest"),
  over: sign("✓", "done", "rest"),
};

/** What is asked for at the line. */
export const LINE = {
  raised: sign("▲", "ring", "danger"),
  coming: sign("▶", "kept", "good"),
  resolved: sign("✓", "done", "rest"),
  clear: sign("◇", "standby", "doubt"),
  medic_asked: sign("✚", "ring", "danger"),
  medic_coming: sign("▶", "kept", "good"),
};
