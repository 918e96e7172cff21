/**
 * Models of the Hugging Face hub as they lie on this machine: their names ({@link
 * org.pmf4j.hub.HubModel}), the cache that Python's huggingface_hub fills and reads too ({@link
 * org.pmf4j.hub.HubCache}), and what the environment says of both. Nothing here opens a connection:
 * that is {@link org.pmf4j.hub.fetch}, and is done when somebody asks for it by name.
 */
package org.pmf4j.hub;
