import { repeatsAlike } from "./repeats-alike.ts";

repeatsAlike(2, [2]);
