// Runs the program, and prints the most memory that the process ever had, in bytes, as it ends.
process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS * 1024)));
await import("./dist/cli/main.js");
