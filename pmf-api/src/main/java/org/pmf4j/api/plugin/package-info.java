/**
 * The one interface through which plugins are found. A jar names its implementation of {@link
 * org.pmf4j.api.plugin.PmfPlugin} in {@code META-INF/services} and compiles against this module
 * alone.
 */
package org.pmf4j.api.plugin;
