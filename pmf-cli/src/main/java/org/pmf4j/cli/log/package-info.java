/**
 * How the command logs: lines on standard error, set up without reading a file of configuration.
 */
package org.pmf4j.cli.log;
