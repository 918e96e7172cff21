/**
 * What plugins are tested with, published for their authors. This package holds the parts that all
 * suites share: arrays of doubles as an oracle, tolerances that know the precision, and a short way
 * to run a program once. The suites themselves are in the packages below it.
 */
package org.pmf4j.testkit;
