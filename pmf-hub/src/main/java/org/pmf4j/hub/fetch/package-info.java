/**
 * Fetches models of the hub into the cache, when somebody asks for one: by the hub's own HTTP
 * interface, one file after the other, each checked by its hash, and each gone on with where a
 * connection was cut. What may run at the same time writes the same cache: other processes of this
 * program, and Python's huggingface_hub.
 */
package org.pmf4j.hub.fetch;
