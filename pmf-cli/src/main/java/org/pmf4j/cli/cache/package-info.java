/**
 * {@code pmf cache}: what is kept on the disk between runs, and how it is made smaller. Trunk
 * outputs alone are removed; all else is told.
 */
package org.pmf4j.cli.cache;
