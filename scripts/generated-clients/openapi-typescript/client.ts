// Calls a running program with openapi-fetch and the types that openapi-typescript generated. KLANTEN_URL is its address with
// /api/v1, KLANTEN_TOKEN a token.
import createClient from "openapi-fetch";
import type { components, paths } from "./klanten.js";

declare const process: { env: Record<string, string>; exit(code: number): never };

type Person = components["schemas"]["natuurlijk_persoon"];

const url = process.env.KLANTEN_URL;
const api = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${process.env.KLANTEN_TOKEN}` } });
const json = { "Content-Type": "application/json" } as const;
const rsin = "999990639";
let failed = 0;
let uuid = "";

const person = (bronorganisatie: string): Person => ({
  bronorganisatie,
  klantnummer: crypto.randomUUID().slice(0, 8),
  websiteUrl: "http://müller.nl",
  achternaam: "Jansen",
  subjectType: "natuurlijk_persoon",
  subjectIdentificatie: { inpBsn: "123456782", geslachtsaanduiding: "" },
});

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

async function make(call: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    console.log(`${call}: OK`);
  } catch (error) {
    failed = 1;
    console.log(`${call}: FAILED ${error}`);
  }
}

const klant = () => ({ params: { path: { uuid } } });

await make("create", async () => {
  const { data, response } = await api.POST("/klanten", { params: { header: json }, body: person(rsin) });
  expect(response.status === 201, `201, ${response.status}`);
  uuid = data!.url!.split("/").pop()!;
  expect((data as Person).subjectIdentificatie!.inpBsn === "123456782", "the BSN");
});

await make("read", async () => {
  const { data } = await api.GET("/klanten/{uuid}", klant());
  expect(data!.achternaam === "Jansen" && data!.adres === null, "the klant");
});

await make("list", async () => {
  const { data } = await api.GET("/klanten", { params: { query: { bronorganisatie: rsin } } });
  expect(data!.count === data!.results.length && data!.next === null, "a page");
  const types = new Set(data!.results.map((each) => each.subjectType));
  expect(types.has("natuurlijk_persoon") && types.has("niet_natuurlijk_persoon"), "klanten of both types");
});

await make("PUT", async () => {
  const { data } = await api.GET("/klanten/{uuid}", klant());
  const { data: after } = await api.PUT("/klanten/{uuid}", {
    params: { path: { uuid }, header: json },
    body: { ...data!, functie: "Directeur" },
  });
  expect(after!.functie === "Directeur", "functie");
});

await make("PATCH", async () => {
  const { data } = await api.GET("/klanten/{uuid}", klant());
  const { data: after } = await api.PATCH("/klanten/{uuid}", {
    params: { path: { uuid }, header: { ...json, "X-Audit-Toelichting": "reden" } },
    body: { ...data!, adres: { straatnaam: "Dam", huisnummer: 1 } },
  });
  expect(after!.functie === "Directeur" && after!.adres!.postcode === "", "adres");
});

await make("304", async () => {
  const first = await api.GET("/klanten/{uuid}", klant());
  const { response } = await api.GET("/klanten/{uuid}", {
    params: { path: { uuid }, header: { "If-None-Match": first.response.headers.get("ETag")! } },
  });
  expect(response.status === 304, `304, ${response.status}`);
});

await make("audit trail", async () => {
  const { data } = await api.GET("/klanten/{klant_uuid}/audittrail", { params: { path: { klant_uuid: uuid } } });
  expect(data!.map((entry) => entry.actie).join() === "create,update,partial_update", "three entries");
  expect(data![0].wijzigingen.oud === null && data![2].wijzigingen.nieuw !== null, "wijzigingen");
  const entry = await api.GET("/klanten/{klant_uuid}/audittrail/{uuid}", {
    params: { path: { klant_uuid: uuid, uuid: data![2].uuid! } },
  });
  expect(entry.data!.toelichting === "reden", "toelichting");
});

await make("error", async () => {
  const invalid = await api.POST("/klanten", { params: { header: json }, body: person("1") });
  expect(invalid.response.status === 400, `400, ${invalid.response.status}`);
  const error = invalid.error as components["schemas"]["ValidatieFout"];
  expect(error.invalidParams!.some((param) => param.name === "bronorganisatie"), "invalidParams");
  const missing = await api.GET("/klanten/{klant_uuid}/audittrail", { params: { path: { klant_uuid: crypto.randomUUID() } } });
  expect(missing.response.status === 404 && missing.error!.code === "not_found", "404");
});

await make("delete", async () => {
  const { response } = await api.DELETE("/klanten/{uuid}", klant());
  expect(response.status === 204, `204, ${response.status}`);
  expect((await api.GET("/klanten/{uuid}", klant())).response.status === 404, "404");
});

await make("list without subjectType", async () => {
  const { data } = await api.GET("/klanten", { params: { query: { bronorganisatie: "517439943" } } });
  expect(data!.results.length === 2 && data!.results.every((each) => each.subject!.length > 0), "two klanten");
});

process.exit(failed);
