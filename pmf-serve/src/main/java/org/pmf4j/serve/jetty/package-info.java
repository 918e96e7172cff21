/**
 * The one place that knows Jetty. {@link org.pmf4j.serve.jetty.HttpDoor} reads requests without
 * holding a thread while a client is slow, and hands each over whole.
 */
package org.pmf4j.serve.jetty;
