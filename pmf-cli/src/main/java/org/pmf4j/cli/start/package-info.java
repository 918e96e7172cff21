/** How the JVM of a command was started. */
package org.pmf4j.cli.start;
