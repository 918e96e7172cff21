/** A hub for tests, which speaks HTTP as the real one does, and a CDN on another origin. */
package org.pmf4j.hub.server;
