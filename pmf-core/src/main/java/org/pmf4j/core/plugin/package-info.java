/**
 * Finds plugins and looks up, by name, what they bring. Those of the class path are found by
 * ServiceLoader and trusted; those of a folder are loaded one by one, each by a class loader that
 * sees {@code pmf-api} alone, and left out where they do not serve.
 */
package org.pmf4j.core.plugin;
