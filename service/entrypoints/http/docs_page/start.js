// Shows the contract of this very service, with a form to try each operation. Nothing is fetched from
// anywhere else: no validator, no fonts, no scripts.
"use strict";

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
