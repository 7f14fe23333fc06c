import { describe } from "vitest";
import { heldOnce, resourceAllocator } from "../../models/textbook/resource-allocator.ts";
import { testRow } from "./row.ts";

describe("resource allocator", () => {
  const table = [
    { clients: 2, resources: 2, states: 64, transitions: 198, depth: 4 },
    {
      clients: 3,
      resources: 2,
      states: 400,
      transitions: 1632,
      depth: 5,
      levels: [1, 9, 42, 117, 159, 72],
      fired: { Request: 576, Allocate: 528, Return: 528 },
    },
    { clients: 2, resources: 3, states: 512, transitions: 2330, depth: 4 },
    { clients: 3, resources: 3, states: 8000, transitions: 45696, depth: 6 },
  ];
  for (const { clients, resources, ...row } of table)
    testRow(`${clients} clients, ${resources} resources`, {
      ...row,
      model: resourceAllocator,
      scope: { client: clients, resource: resources },
      properties: [heldOnce],
      dead: 0,
      loops: 0,
      found: {},
    });
});
