// A page stays with its stage: what it asks goes on under the name it was opened with.

const stage = new URLSearchParams(location.search).get("stage");

export const here = (path) => (stage ? `${path}?stage=${encodeURIComponent(stage)}` : path);
