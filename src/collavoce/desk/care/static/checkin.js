import { startQuiet } from "./quiet.js";

startQuiet();
