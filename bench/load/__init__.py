"""What a build costs where one thing is there far too often: links to one page, articles of one topic, findings …"""
