/**
 * Which models are served: those of a folder, as they come, change and go, or those that were
 * named.
 */
package org.pmf4j.serve.model;
