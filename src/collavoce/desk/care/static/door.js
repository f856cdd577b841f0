// The door: this browser is nobody's phone, perhaps since another phone forgot it.

import { leaveNothing } from "./leaving.js";

leaveNothing();
