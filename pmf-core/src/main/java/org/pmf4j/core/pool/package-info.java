/**
 * Many models over few encoders, for a service: {@link org.pmf4j.core.pool.ModelPool} holds each
 * frozen encoder once, computes what models share of a request once, in batches of whatever is
 * asked at the moment, and lets models come and go under it. It knows nothing of how requests
 * arrive.
 */
package org.pmf4j.core.pool;
