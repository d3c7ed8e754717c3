// Prints the JSON that it is given, indented.
import { readFileSync } from 'node:fs';

console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')), null, 2));
