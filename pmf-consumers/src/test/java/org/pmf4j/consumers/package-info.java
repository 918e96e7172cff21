/**
 * Projects of others, outside of this build: what is published is put into a repository of its own,
 * from which Maven, Ivy and the module path take it.
 */
package org.pmf4j.consumers;
