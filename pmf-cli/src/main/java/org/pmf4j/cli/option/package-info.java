/**
 * What several commands take: options of the backend and of training, the configuration file that
 * stands for options, and the names of choices.
 */
package org.pmf4j.cli.option;
