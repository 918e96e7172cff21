/**
 * What the command does with damaged input, and with signals, kills and full disks: sampled in
 * every build, at length by hand (docs/robustness.md).
 */
package org.pmf4j.cli.robustness;
