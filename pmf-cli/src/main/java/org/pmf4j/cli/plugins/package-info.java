/** {@code pmf plugins}: lists what is on the class path. */
package org.pmf4j.cli.plugins;
