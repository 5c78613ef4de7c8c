// Calls a server with the unchanged client; an interceptor of its HTTP library changes the address.
'use strict';
const axios = require('axios');
const Perspective = require('perspective-api-client');

const [server, key, text] = process.argv.slice(2);
axios.interceptors.request.use(config => {
  config.url = config.url.replace('https://commentanalyzer.googleapis.com', server);
  return config;
});

new Perspective({apiKey: key})
  .analyze(text, {attributes: ['toxicity', 'insult'], doNotStore: true})
  .then(answer => console.log(JSON.stringify(answer)))
  .catch(error => {
    console.log(JSON.stringify({name: error.name, message: error.message, status: error.response.status}));
    process.exitCode = 1;
  });
