'use strict';

const place = document.getElementById('naslag');
const token = place.dataset.token;
delete place.dataset.token;

// Nothing that would ask another host: no proxy, no fonts, no telemetry, no assistant, no link to a client elsewhere.
Scalar.createApiReference(place, {
  url: new URL('openapi.yaml', location.href).href,
  proxyUrl: '',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  // The document names Content-Type as a parameter too (OpenAPI 3.0 says to ignore that), and Scalar then sends its value twice.
  onBeforeRequest: ({ requestBuilder }) => {
    const type = requestBuilder.headers.get('Content-Type');
    if (type) requestBuilder.headers.set('Content-Type', type.split(',')[0]);
  },
  authentication: {
    preferredSecurityScheme: 'JWT-Claims',
    securitySchemes: { 'JWT-Claims': { token } },
  },
});
