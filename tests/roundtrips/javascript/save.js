// node save.js plain|careful ENDING FOLDER FILE…: read each workbook and write it again, as scripts on servers do.
"use strict";
const path = require("node:path");
const XLSX = require("xlsx");

const [manner, ending, folder, ...files] = process.argv.slice(2);
const options = manner === "careful" ? { cellDates: true, cellNF: true, cellStyles: true } : {};
for (const file of files) {
  const target = path.join(folder, `${path.basename(file, path.extname(file))}.${ending}`);
  XLSX.writeFile(XLSX.readFile(file, options), target, options);
}
