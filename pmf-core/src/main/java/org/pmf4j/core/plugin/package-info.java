/** Finds plugins by ServiceLoader and looks up, by name, what they bring. */
package org.pmf4j.core.plugin;
