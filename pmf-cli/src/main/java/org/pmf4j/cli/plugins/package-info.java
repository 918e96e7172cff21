/** {@code pmf plugins}: lists what is built in and what a folder of plugins brings. */
package org.pmf4j.cli.plugins;
