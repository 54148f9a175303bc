print('hooks')
