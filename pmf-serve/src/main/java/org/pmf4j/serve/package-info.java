/**
 * Serves trained models over HTTP and on a page. {@link org.pmf4j.serve.PmfServer} puts together
 * what the packages below have: a pool of models, who may ask what of it, and how it is asked.
 */
package org.pmf4j.serve;
